"""The pages of requests to see records, of what is given, and of complaints about personal data."""
