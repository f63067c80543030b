"""Wires the rooms together. Loading the Celery application here gives every process's tasks their broker."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
