# The longest line of a text.
length($0) > length(longest) { longest = $0 }
END { print length(longest) ": " longest }
