-- A demand is served (已满足) once every operator on its record is on air at its resource, and no longer when one of them goes off again.
-- After the cases, which tell it.

select set_config('search_path', current_setting('search_path') || ', pg_temp', true);

create function serve_demands() returns trigger language plpgsql security definer set search_path from current as $$
declare
  -- what follows from an act asks for no permission of who acted
  account constant text := act_as_system();
begin
  update demands d set state = case when served.fully then '已满足' else '已认领' end
    from (select w.id, not exists (
                   select from unnest(array[w.operator] || w.joint_operators) as wanted (who)
                    where not exists (select from cases c where c.operator = wanted.who and c.state in ('开通', '验收')
                                         and (c.demand_id = w.id or c.resource_id = w.resource_id))) as fully
            from demands w
           where w.state in ('已认领', '已满足') and (w.id = new.demand_id or w.resource_id = new.resource_id)) as served
   where d.id = served.id and d.state <> case when served.fully then '已满足' else '已认领' end;
  perform set_config('zhanzhi.account', account, true);
  return null;
end $$;
create trigger cases_serve_demands after update of state on cases for each row
  when (old.state <> new.state and (old.state in ('开通', '验收') or new.state in ('开通', '验收')))
  execute function serve_demands();
revoke execute on function serve_demands() from public;
