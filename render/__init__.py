"""From located records to something a person looks at."""
