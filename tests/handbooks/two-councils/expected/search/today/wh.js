part("harm holders")
