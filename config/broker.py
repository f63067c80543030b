"""Where Celery's messages go when CELERY_BROKER_URL is unset: into the site's own database."""

from urllib.parse import quote, urlencode

# Names config.broker_transport to kombu, which config.celery registers.
SCHEME = "sitedatabase"


def broker_url(database):
    """The broker URL of an entry of DATABASES."""
    query = {key: value for key, value in database.get("OPTIONS", {}).items() if isinstance(value, str | int)}
    host, port = str(database.get("HOST") or ""), str(database.get("PORT") or "")
    if host.startswith("/"):  # a socket folder
        query |= {"host": host} | ({"port": port} if port else {})
        host = port = ""
    user, password = (quote(str(database.get(key) or ""), safe="") for key in ("USER", "PASSWORD"))
    login = f"{user}:{password}@" if password else f"{user}@"
    place = f"{quote(host)}:{port}" if port else quote(host)
    name = quote(str(database["NAME"]))
    return f"{SCHEME}+postgresql+psycopg://{login}{place}/{name}" + (f"?{urlencode(query)}" if query else "")
