"""From what people draw to what can be executed faithfully, by repairs that can be undone."""
