"""For whom people buy and what they like: roles behind an order, designs, favourites, product pages seen."""
