"""Chapter 12, staffing a call centre: the exercises of its lab."""
