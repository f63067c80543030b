"""kombu's SQLAlchemy transport, made fit for several processes on one PostgreSQL."""

import os
import threading

from django.conf import settings
from kombu.transport import sqlalchemy as kombu_sqlalchemy
from kombu.transport.virtual import Empty
from kombu.utils.json import loads
from sqlalchemy import create_engine, delete, event, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import sessionmaker

from config.embedded import server

TABLES_LOCK = 7266_0001  # any number no other advisory lock of the site uses

_ONE_AT_A_TIME = threading.RLock()


class Channel(kombu_sqlalchemy.Channel):
    _engines = {}  # shared by the channels of one process, as in kombu

    def _open(self):
        # A forked child must not talk through its parent's connections.
        key = (os.getpid(), self.connection.client.hostname)
        with _ONE_AT_A_TIME:
            if key not in self._engines:
                self._engines[key] = self._prepared_engine()
        return self._engines[key]

    def _prepared_engine(self):
        engine = create_engine(self.connection.client.hostname, pool_pre_ping=True)
        event.listen(engine, "do_connect", _start_server_if_unreachable)
        with engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": TABLES_LOCK})
            kombu_sqlalchemy.metadata.create_all(connection)
        return engine, sessionmaker(bind=engine)

    def _get_or_create(self, queue):
        find = select(self.queue_cls).where(self.queue_cls.name == queue)
        found = self.session.scalars(find).first()
        if found is None:
            self.session.execute(insert(self.queue_cls).values(name=queue).on_conflict_do_nothing())
            self.session.commit()
            found = self.session.scalars(find).one()
        return found

    def _get(self, queue):
        """Take the oldest message and delete its row; kombu would keep it for ever."""
        try:
            oldest = (
                select(self.message_cls.id)
                .where(self.message_cls.queue_id == self._get_or_create(queue).id, self.message_cls.visible)
                .order_by(self.message_cls.id)
                .limit(1)
                .with_for_update(skip_locked=True)
                .scalar_subquery()
            )
            payload = self.session.scalar(
                delete(self.message_cls)
                .where(self.message_cls.id == oldest)
                .returning(self.message_cls.payload)
                .execution_options(synchronize_session=False)
            )
            self.session.commit()
        except Exception:
            self.session.rollback()
            raise
        if payload is None:
            raise Empty
        return loads(payload)


class Transport(kombu_sqlalchemy.Transport):
    Channel = Channel
    connection_errors = (OperationalError,)
    polling_interval = 0.5

    def drain_events(self, connection, timeout=None):
        """Return often, because the worker looks between two calls whether it shall stop."""
        return super().drain_events(
            connection, timeout=min(timeout or self.polling_interval, self.polling_interval)
        )


def _start_server_if_unreachable(dialect, _record, arguments, keywords):
    database = settings.DATABASES["default"]
    try:
        return dialect.connect(*arguments, **keywords)
    except dialect.loaded_dbapi.OperationalError:
        if "DATA_DIR" not in database:
            raise
        server.ensure_ready(database["DATA_DIR"])
        return dialect.connect(*arguments, **keywords)
