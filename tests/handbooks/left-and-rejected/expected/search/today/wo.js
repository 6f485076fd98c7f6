handbookIndex("wo","office open openness");
