"""The command line: parse, call one capability, print."""
