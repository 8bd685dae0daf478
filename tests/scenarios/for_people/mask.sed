s/on host [^,]*, pid [0-9]+/on host <host>, pid <pid>/
