"""Titles of the tiers."""

TIER_TITLES = {"province": "省级", "city": "市级", "county": "县级", "township": "乡镇级"}

NUMBER_WORDS = {
    "entrustment": "委",
    "case": "核",
    "request": "交",
    "letter": "托",
    "own": "报",
    "merged": "反馈",
    "objection": "异",
    "integrity": "诚",
    "archive": "档",
    "destruction": "档销",
    "inspection": "检",
    "outward": "外",
    "temporary": "临助",
    "temporary_list": "临发",
    "answer": "答",
}
"""What follows the agency's short name in a number, by kind."""
