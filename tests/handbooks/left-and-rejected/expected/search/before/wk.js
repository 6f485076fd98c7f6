handbook.part("kept")
