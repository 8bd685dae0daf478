CREATE TABLE files (
  id uuid PRIMARY KEY, title varchar(10), subtitle text, checksum char(64), checksum_copy text UNIQUE, mime_type varchar(80));
