package io.twinbatch.api.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyExceptionsTest {
    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "10.0.0.0/8, https://10.20.30.40/, true",
        "10.0.0.0/8, https://11.20.30.40/, false",
        "10.1.2.3/8, https://10.20.30.40/, true",
        "192.168.4.0/22, https://192.168.7.255/, true",
        "192.168.4.0/22, https://192.168.8.0/, false",
        "0.0.0.0/0, https://10.20.30.40/, true",
        "0.0.0.0/0, https://batch.example.com/, false",
        "10.0.0.0/33, https://10.20.30.40/, false",
        "10.0.0.0/x, https://10.20.30.40/, false",
        "fd00::/8, https://[fd12::1]/, true",
        "fd00::/8, https://[fe80::1]/, false",
        "fd00::/8, https://10.20.30.40/, false",
        "10.20.30.40, https://10.20.30.40/, true",
        "10.20.30.40:443, https://10.20.30.40/, true",
        "10.20.30.40:8443, https://10.20.30.40/, false",
        "30.40, https://10.20.30.40/, false",
        "fd12:0::1, https://[fd12::1]/, true",
        "[fd12::1]:443, https://[fd12::1]/, true",
        "[fd12::1]:8443, https://[fd12::1]/, false",
        ".example.com, https://batch.example.com/, true",
        ".example.com:8443, https://batch.example.com/, false",
        "example.com, https://notexample.com/, false",
        "*, https://batch.example.com/, true",
    })
    void aListOfExceptionsNamesHostsAddressesAndRanges(String list, URI endpoint, boolean direct) {
        assertEquals(direct, ProxyExceptions.inNoProxy(list, endpoint));
    }
}
