handbook.part("harm holders")
