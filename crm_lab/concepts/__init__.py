"""Floor 4, the concepts of CRM made countable: who counts as a customer, how one comes about, more / longer / deeper."""
