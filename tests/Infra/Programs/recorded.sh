#!/usr/bin/env bash
# Stands for programs that do nothing here that a test could see, such as sync: writes down that it was called.
printf '%s %s\n' "${0##*/}" "$*" >>"${0%/*}/calls"
