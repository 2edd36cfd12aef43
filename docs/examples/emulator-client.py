"""Lists the pools of the Batch account that the environment names, with the package azure-batch.

The variables are those that app/app emulator prints. Versions up to 14 of the package have another client class than
those from 15 on.
"""

import os

endpoint = os.environ["AZURE_BATCH_ENDPOINT"]
account = os.environ["AZURE_BATCH_ACCOUNT"]
key = os.environ["AZURE_BATCH_ACCESS_KEY"]

try:
    from azure.batch import BatchClient
    from azure.core.credentials import AzureNamedKeyCredential

    pools = BatchClient(endpoint=endpoint, credential=AzureNamedKeyCredential(account, key)).list_pools()
except ImportError:
    from azure.batch import BatchServiceClient
    from azure.batch.batch_auth import SharedKeyCredentials

    pools = BatchServiceClient(SharedKeyCredentials(account, key), batch_url=endpoint).pool.list()

names = [pool.id for pool in pools]
print(len(names), "pools:", ", ".join(names) or "none yet")
