part("kept")
