handbook.part("days decisions directory doubt")
