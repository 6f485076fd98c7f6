part("days decisions directory doubt")
