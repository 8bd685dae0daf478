CREATE TABLE "My ""Table""" ("the key" int PRIMARY KEY, "from" int, "it's \ gone" bool, "$1" text);
CREATE TABLE "Group" ("User" int PRIMARY KEY, "aaaaaaaaaaaaaaaaaaaaÄÄÄÄÄÄÄÄÄÄbbbbbbbbbbbbbbbbbbbbbbb" text);
