"""Papers and files made of a competition's facts: PDFs, QR codes, calendars. Pure: no Django, no database."""
