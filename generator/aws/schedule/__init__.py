"""Schedules of Amazon EventBridge Scheduler: when they run, and how to say that in words.

Source, where no other is named: EventBridge Scheduler user guide, "Schedule types",
https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html.
"""
