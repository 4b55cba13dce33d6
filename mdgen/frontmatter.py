"""Front matter: YAML that Ruby and Python read alike. The one home of yaml."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TypeAlias

Value: TypeAlias = str | int | bool | dt.date | list[str]
FrontMatter: TypeAlias = Mapping[str, Value]
