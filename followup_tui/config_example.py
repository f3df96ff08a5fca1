"""The first configuration file: every key with its default, commented out, and what it is for."""

EXAMPLE = """\
# Followup's configuration. Take the # away from a line to change it; `followup config check` names what is wrong.

# zone = "Europe/Berlin"       # yours, as the tz database calls it; without it, the machine's
# day_starts = "04:00"         # work after midnight still belongs to the day before
# working_days = ["mon", "tue", "wed", "thu", "fri"]
# holidays = "DE"              # a country as US, or a part of one as DE-BY; "" for none
# default_region = "DE"        # the country of phone numbers written without one
# date_order = "dmy"           # what 3/4 means: "dmy" or "mdy"
# theme = "harbour"
# symbols = "unicode"          # or "ascii"
# meeting_minutes = 60
# prompt_keys = true           # false: leave the terminal to Textual alone, ESC then takes a tenth of a second
# early_picture = true         # false: keep no picture of Today to be shown while the app is being loaded

[me]                           # filled into templates
# name = "Sam Fisher"
# phone = "+49 30 123456"
# email = "sam@example.com"

# The reserved spans of the week. The first [[block]] replaces all of ours; channels = [] takes any.
# days default to working_days; filter is written as in `followup find`.
# [[block]]
# name = "Answer"
# start = "08:30"
# end = "09:00"
# channels = []
# [[block]]
# name = "Calls"
# days = ["mon", "tue", "wed", "thu", "fri"]
# start = "09:00"
# end = "11:00"
# channels = ["phone"]
# filter = "relation:cold"
# color = "accent"             # or value, inbound, fixed, high, mid, low

[minutes]                      # how long one touch takes
# "in person" = 45
# phone = 5
# mail = 10
# text = 2
# fax = 5
# email = 4
# gift = 15
# article = 5

[windows]                      # when prospects may be contacted, at their own time
# hard_start = "08:00"
# start = "09:00"
# end = "18:00"
# hard_end = "21:00"

[limits]
# cold = 6                     # attempts before the app asks
# engaged = 12
# per_day = 20                 # people who start on one working day, at most
# words = 80                   # words in a message before the linter speaks

[guard]                        # an extra touch beyond this is warned about
# calls_per_day = 1
# touches_per_week = 3

[load]
# percent = 10                 # how far a step may fall later when its day is full, of its gap; 0: never

[pace]
# gentle = 1.5                 # the gentle pace stretches gaps by this

[streak]
# percent = 80                 # the share of the due slots that keeps a day

[cards]                        # planned at their date minus the days they take; dropped once past
# birthday = ["nurture", "customer"]  # the relations that get a birthday card; [] for none
# holiday = "12-25"            # month and day of one holiday you send cards for; "" for none
# holiday_name = "Christmas"
# holiday_for = ["nurture", "customer"]
# channel = "mail"             # another way is taken for people without an address
# lead_days = 3                # how long a card takes this way

[commands]                     # programs the app starts, without a shell; "" for none
# dial = "xdg-open tel:{phone}"
# compose = "xdg-open {mailto}"
# open = "xdg-open {link}"

[keys]                         # the names are in the app under ?
# "today.log" = "l,enter"
"""
