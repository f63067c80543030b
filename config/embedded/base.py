"""Django's PostgreSQL backend, which starts the embedded server when nobody answers."""

from django.db.backends.postgresql import base

from config.embedded import server


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self):
        return super().get_connection_params() | {"requirepeer": server.peer_name(self._data_dir)}

    def get_new_connection(self, conn_params):
        try:
            return super().get_new_connection(conn_params)
        except base.Database.OperationalError:
            server.ensure_ready(self._data_dir)
            return super().get_new_connection(conn_params)

    @property
    def _data_dir(self):
        return self.settings_dict["DATA_DIR"]
