"""What the product's speed goals are measured with; nothing of the product imports this."""
