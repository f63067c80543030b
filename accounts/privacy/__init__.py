"""Korean personal data in text: where it stands and of what kind, never what it says (docs/privacy.md).

Everything here is pure and knows no Django. The browser runs the same shapes through static/js/privacy.js.
"""

from accounts.privacy.browser import browser_patterns
from accounts.privacy.finder import Finding, find, mask
from accounts.privacy.words import BLOCKING, KINDS

__all__ = ["BLOCKING", "KINDS", "Finding", "browser_patterns", "find", "mask"]
