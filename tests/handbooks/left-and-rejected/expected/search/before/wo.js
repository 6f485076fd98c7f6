handbookIndex("wo","openness");
