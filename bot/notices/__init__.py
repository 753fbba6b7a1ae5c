"""Group robots of 企业微信, 钉钉 and 飞书, and e-mail: how staff are told."""
