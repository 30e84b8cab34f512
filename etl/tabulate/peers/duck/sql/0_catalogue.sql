-- What the catalogue knows, as enumerations: they make groups of integers.
CREATE TYPE app_t AS ENUM ({{.Apps}});
{{range $dimension, $members := .Members}}
CREATE TYPE {{$dimension}}_t AS ENUM ({{$members}});
{{end}}
CREATE TABLE category (k INTEGER, category VARCHAR, a app_t);
INSERT INTO category VALUES {{.Categories}};
