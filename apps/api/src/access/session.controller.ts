import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  HttpException,
  Post,
  Req,
  Res,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { Throttle, ThrottlerGuard } from '@nestjs/throttler';
import type { Request, Response } from 'express';
import { promisify } from 'node:util';
import {
  AuditTrailService,
  PrincipalService,
  Public,
  SignInService,
  abilityNames,
  type Principal,
} from '@catchment/access';
import type { DemoUser, Session } from '../clinical/contract';
import { Answers } from '../openapi/answers';
import { SignInDto } from './session.dto';
import { sessionCookie } from './session-middleware';

/** Signing in and out. */
@ApiTags('session')
@Public()
@Controller('api/session')
export class SessionController {
  constructor(
    private readonly signIn: SignInService,
    private readonly principals: PrincipalService,
    private readonly audit: AuditTrailService,
  ) {}

  @Post()
  @HttpCode(200)
  @UseGuards(ThrottlerGuard)
  @Throttle({ default: { limit: 60, ttl: 60_000 } })
  @Answers('Sign in', 'Session')
  @ApiResponse({ status: 429, description: 'Too many failures; see Retry-After' })
  async create(
    @Body() { email, password }: SignInDto,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Session> {
    const result = await this.signIn.signIn(email, password, request.ip ?? '');
    switch (result.outcome) {
      case 'refused':
        throw new UnauthorizedException('unknown name or wrong password');
      case 'throttled':
        response.set('Retry-After', String(result.retryAfterSeconds));
        throw new HttpException('too many failures; try again later', 429);
      case 'signed-in': {
        // A new id: one that somebody planted in the browser before is worth nothing.
        await promisify(request.session.regenerate.bind(request.session))();
        request.session.userId = result.principal.id;
        request.session.signedInAt = Date.now();
        return sessionOf(result.principal);
      }
    }
  }

  @Get()
  @Answers('Who is signed in', 'Session')
  async read(@Req() request: Request): Promise<Session> {
    const { userId } = request.session;
    const principal = userId ? await this.principals.find(userId) : undefined;
    if (!principal) throw new UnauthorizedException('sign in first');
    return sessionOf(principal);
  }

  @Get('demo-users')
  @Answers("The demo's accounts; none outside a demo", 'DemoUser', { list: true })
  async demoUsers(): Promise<DemoUser[]> {
    return (await this.signIn.demoUsers()).map(({ email, displayName, role, password }) => ({
      email,
      displayName,
      role,
      password,
    }));
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out' })
  async remove(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    const { userId } = request.session;
    const principal = userId ? await this.principals.find(userId) : undefined;
    if (principal)
      await this.audit.record({ actor: principal.email, action: 'sign-out', address: request.ip });
    await promisify(request.session.destroy.bind(request.session))();
    response.clearCookie(sessionCookie, { path: '/' });
  }
}

function sessionOf({ email, displayName, role }: Principal): Session {
  return { email, displayName, role, abilities: abilityNames(role) };
}
