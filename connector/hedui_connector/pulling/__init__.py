"""The unit's side where it fetches its requests itself: for units that nobody can reach."""
