DELETE FROM dim_list_member
