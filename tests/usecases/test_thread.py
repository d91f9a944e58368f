import sys, time, datetime as dt, uuid
sys.path.insert(0,'/tmp/hedui')
from tenants.calendar import set_process_business_date
def test_thread(app, settings):
    import thread as t
    from thread import W, acting_for, actor, db, text, select
    import importlib
    from worker.working import drain
    set_process_business_date(dt.date(2026,11,3), allow=True)
    t.build(app)
    print('drain', drain(app, settings))
    rows=[]
    for h in range(3):
        for m,(rel,role) in enumerate([('户主','共同生活的家庭成员'),('配偶','共同生活的家庭成员')]):
            rows.append(dict(row_no=len(rows)+1,household_no=f'H{h}',relation=rel,name=['赵国强','刘桂兰'][m]+'甲乙丙'[h],id_type='居民身份证',id_number=t.idno('220182','19700101',h*2+m+1),phone='13800000000',registered_region='220182',actual_region='220182',scheme='低保',application='新申请',subject_role=role,authorised_on='2026-10-20',authorisation_expires_on='2027-10-19',monthly_income='1200',deposits='8000',houses='1',vehicles='0',businesses='0'))
    from app.intake import service as intake
    with app.app_context():
        with acting_for(220182,'township',unit_id=W.dept,desk_id=W.desk):
            l=intake.upload_list(t.sheet(rows),'名单.xlsx',actor(220182,1,['desk_clerk'],W.dept,W.desk)); print(l.households,l.held_back)
        with acting_for(220182,'commissioner',unit_id=W.dept):
            e=intake.submit([l.id],letter_number='榆民委〔2026〕1号',letter_on=dt.date(2026,11,2),actor=actor(220182,2,['department_clerk'],W.dept)); print(e.number,e.period)
        from app.cases.lifecycle import Chosen
        from app.review import service as review
        ids=None
        with acting_for(220182):
            ids=list(db.session.scalars(text('select id from household_case')))
            print(intake.accept(Chosen.of(ids),actor(220182,3,['intake_officer'])))
        with acting_for(220182):
            print(review.approve(Chosen.of(ids),actor(220182,3,['reviewer'])))
            print(review.approve(Chosen.of(ids),actor(220182,4,['reviewer'])))
    print('drain',drain(app,settings))
    def up(aid):
        from app.delegation.models import LetterOut
        from app.delegation import entrusting
        with app.app_context(), acting_for(aid):
            for l in db.session.scalars(select(LetterOut)):
                print('seal',entrusting.seal(l.id,l.rev,actor(aid,4,['reviewer'])))
        print('drain',drain(app,settings))
    up(220182)
    for aid in (220100,220000):
        with app.app_context(), acting_for(aid):
            ids2=list(db.session.scalars(text("select id from household_case")))
            print(aid,review.approve(Chosen.of(ids2),actor(aid,4,['reviewer'])))
        drain(app,settings)
        if aid==220100: up(aid)
    from app.exchange import service as ex
    from app.exchange.models import ExchangeRequest, Reply
    for aid in (220182,220100,220000):
        with app.app_context(), acting_for(aid):
            rs=list(db.session.scalars(select(ExchangeRequest)))
            print(aid,[ (r.unit_id,r.state) for r in rs])
            for r in rs: ex.make(r.id,r.rev,actor(aid,5,['exchange_operator']))
        drain(app,settings)
        with app.app_context(), acting_for(aid):
            for r in db.session.scalars(select(ExchangeRequest)): print(ex.confirm(r.id,r.rev,actor(aid,6,['exchange_operator'])))
        with app.app_context(), acting_for(aid):
            for r in db.session.scalars(select(ExchangeRequest)): print(ex.deliver(r.id,r.rev,actor(aid,6,['exchange_operator']),on=dt.date(2026,11,3),how='光盘'))
    # replies
    import io,pyzipper,fastexcel,xlsxwriter
    for aid in (220182,220100,220000):
        with app.app_context(), acting_for(aid):
            for r in db.session.scalars(select(ExchangeRequest)):
                op=actor(aid,5,['exchange_operator'])
                pk=ex.download_package(r.id,op); pw=ex.package_password(r.id,op)
                z=pyzipper.AESZipFile(io.BytesIO(pk.data)); z.setpassword(pw.encode()); print(z.namelist(), pw)
                data=z.read('反馈模板.xlsx')
                x=fastexcel.read_excel(data); out=io.BytesIO(); wb=xlsxwriter.Workbook(out)
                for s in x.sheet_names:
                    df=x.load_sheet(s,header_row=None,dtypes='string').to_polars(); ws=wb.add_worksheet(s)
                    for i,row in enumerate(df.iter_rows()):
                        for j,v in enumerate(row):
                            if v is None: continue
                            ws.write_string(i,j,v)
                    if s not in ('说明','代码表'):
                        hdr=[[None if c is None else str(c) for c in rw] for rw in df.iter_rows()]; print(s,hdr[:4]) if not any('行号' in [*map(str,rw)] for rw in hdr) else None
                        h=next(i for i,rw in enumerate(hdr) if '行号' in rw); col=next(j for j,v in enumerate(hdr[h]) if v and v.startswith('查询结果')); ac=next(j for j,v in enumerate(hdr[h]) if v and v.startswith('数据截至'))
                        for i in range(h+1,len(hdr)):
                            ws.write_string(i,col,'无记录'); ws.write_string(i,ac,'2026-11-03')
                wb.close()
                ex.receive_reply(r.id,out.getvalue(),'reply.xlsx',op)
        print('drain',drain(app,settings))
        with app.app_context():
            for acc in (5,6):
                with acting_for(aid):
                    for rp in db.session.scalars(select(Reply)):
                        if acc==5 and rp.faults_sealed:
                            from tenants.vault import vault; print(vault().open('reply',rp.id,rp.faults_sealed))
                        print(rp.state, ex.accept_reply(rp.id,rp.rev,actor(aid,acc,['exchange_operator'])))
        print('drain',drain(app,settings))
    from app.report import issuing
    for aid in (220000,220100,220182):
        with app.app_context(), acting_for(aid):
            idsx=list(db.session.scalars(text("select id from household_case")))
            print(aid,issuing.issue_own(idsx,actor(aid,7,['report_issuer'],name='周洋')))
        print('drain',drain(app,settings))
    with app.app_context(), acting_for(220182):
        print(issuing.merge(ids,actor(220182,7,['report_issuer'],name='周洋')))
    print('drain',drain(app,settings))
    with app.app_context(), acting_for(220182):
        for r in db.session.execute(text("select kind,state,number,by_agency_id,pages from report")): print(tuple(r))
        for r in db.session.execute(text("select state from household_case")): print(tuple(r))
        from tenants import files
        for k,fid in db.session.execute(text("select kind,file_id from report")).all():
            open(f'/tmp/hedui/{k}.pdf','wb').write(files.read(fid,'report').data)
        for r in db.session.execute(text("select kind,state,fault from job where state<>'done'")): print(tuple(r))
    assert 0
