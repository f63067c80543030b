"""A PostgreSQL 18 of the project's own, for when DATABASE_URL is unset.

`base` is the Django database backend: it starts the server on the first connection.
`server` starts and stops it, `account` says as whom, `cluster` knows its folder.
"""
