"""Floor 4, the concepts of CRM made countable: who is a customer, how one comes about, more, longer, deeper."""
