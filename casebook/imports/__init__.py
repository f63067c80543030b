"""Files from outside, read into plain records: tables (CSV, TSV, XLSX, JSON list) and our own JSON book."""
