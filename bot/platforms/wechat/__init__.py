"""WeChat Official Accounts (公众号, 服务号).

Secrets of an account: `app_secret`, `token`, `aes_key`, `aes_key_previous` (and `app_id`, if it
is not among the options). Options, all optional but `app_id`:

    app_id              the AppID
    relay_hosts         hosts, parted by spaces, that a production account may reach the API through
    callback_mode       `plain` when the console is set to unencrypted pushes although a key exists
    mass_tag_id         push to the followers with this tag instead of to all
    send_ignore_reprint `1` to let a mass send go on when it is judged a reprint
    wechat_pay          `1` when links to other sites stay clickable
    title_limit, digest_limit, author_limit, html_limit, articles_limit    see `limits`
    read_time_unit      `second` if the mean reading time turns out not to be in minutes
    quota_<bucket>      calls a day, where the account has more than a new one; see `endpoints`
    poll_seconds, patience_seconds, look_seconds, settling_seconds         see `routes`
"""
