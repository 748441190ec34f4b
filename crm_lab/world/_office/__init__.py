"""Inside the CRM: what comes in by the five doors, paper forms, vendors and the roll-out, moves and closed accounts."""
