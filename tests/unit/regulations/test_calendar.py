"""The calendar that comes with us."""

from bot.regulations.calendar import calendar_years


def test_weekends_that_are_worked_are_weekends_and_days_off_are_no_worked_days() -> None:
    """A date typed wrongly would most often break one of the two."""
    for year in calendar_years():
        assert all(day.weekday() > 4 for day in year.days_worked)
        assert not year.days_off & year.days_worked
        assert {day.year for day in year.days_off} == {year.year}


def test_every_official_year_names_its_notice() -> None:
    """Whoever doubts a day can read where it comes from."""
    years = {year.year: year for year in calendar_years()}

    assert [y for y in sorted(years) if years[y].is_official] == [2024, 2025, 2026]
    assert all(
        "国办发明电" in y.paper and "gov.cn" in y.paper for y in years.values() if y.is_official
    )
