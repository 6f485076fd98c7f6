handbookIndex("wo","officer openness");
