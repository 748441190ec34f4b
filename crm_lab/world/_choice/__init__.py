"""What goes into a basket: behavioural types, products that go together, and the answer to prices."""
