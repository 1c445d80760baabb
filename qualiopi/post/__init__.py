"""The post room: every message that leaves does so from here (ADR 108). It knows no model and no organisation."""
