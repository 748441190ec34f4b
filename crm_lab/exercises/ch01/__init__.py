"""Chapter 01, what CRM is: the exercises of its lab."""
