"""Young people who leave care: who has which standing in law, and what it rests on."""
